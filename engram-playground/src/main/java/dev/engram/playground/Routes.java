package dev.engram.playground;

import dev.engram.io.PatternSet;
import dev.engram.io.Printable;
import dev.engram.io.image.ImageWriter;
import dev.engram.memory.Shape;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The addresses of the web server and what each answers. Answers are JSON unless they are pictures or files. */
final class Routes {
    private static final String SESSION = "/api/sessions/{session}";
    private static final int MOST_FRAMES = 32; // in one answer

    private static final System.Logger LOG = System.getLogger(Routes.class.getName());

    private final Guard guard;
    private final Sessions sessions;
    private final Assets assets = new Assets();

    Routes(Guard guard, Sessions sessions) {
        this.guard = guard;
        this.sessions = sessions;
    }

    /** Which flags a page wants. */
    record FlagRequest(int size) {}

    /** Which pattern a page wants. */
    record PatternRequest(int pattern) {}

    void addTo(RoutesConfig routes) {
        routes.before(guard::check);
        routes.exception(Refusal.class, (refusal, context) -> refuse(context, refusal));
        routes.exception(
                IllegalArgumentException.class,
                (e, context) -> refuse(context, Refusal.unusable(String.valueOf(e.getMessage()))));
        routes.exception(
                Exception.class,
                (e, context) -> refuse(
                        context,
                        new Refusal(
                                500, "internal error: %s".formatted(e.getClass().getSimpleName()))));
        routes.error(404, context -> {
            if (context.resultInputStream() == null) {
                refuse(context, new Refusal(Refusal.UNKNOWN, "There is nothing at this address."));
            }
        });
        addPage(routes);
        addPatterns(routes);
        addLearning(routes);
        addRecall(routes);
    }

    private void addPage(RoutesConfig routes) {
        routes.get("/", this::begin);
        routes.get("/s/{session}", context -> {
            if (context.path().endsWith("/")) {
                asset(context, Assets.PAGE);
            } else {
                context.redirect(context.path() + "/", HttpStatus.SEE_OTHER); // its files are named relative to it
            }
        });
        routes.get("/s/{session}/another", this::begin);
        routes.get("/s/{session}/{name}", context -> asset(context, context.pathParam("name")));
        routes.get(SESSION, context -> json(context, session(context).view()));
        routes.get(SESSION + "/events", context -> EventStream.serve(context, session(context)));
    }

    private void begin(Context context) {
        context.redirect("/s/" + sessions.create().id() + "/", HttpStatus.SEE_OTHER);
    }

    private void addPatterns(RoutesConfig routes) {
        routes.get(SESSION + "/patterns/{pattern}.png", context -> {
            PatternSet set = session(context).patterns();
            int pattern = number(context.pathParam("pattern"));
            if (pattern < 0 || pattern >= set.count()) {
                throw new Refusal(Refusal.UNKNOWN, "There is no pattern %d.".formatted(pattern));
            }
            context.header("Cache-Control", "private, max-age=3600"); // the address holds the digest
            context.contentType("image/png")
                    .result(ImageWriter.png(set.patterns().row(pattern), set.shape()));
        });
        act(routes, SESSION + "/flags", (session, context) -> {
            int size = FlagSets.requireOffered(body(context, FlagRequest.class).size());
            session.load("The flags of the world", () -> sessions.flags().of(size));
        });
        routes.post(SESSION + "/patterns", context -> {
            Session session = session(context);
            int size = number(Optional.ofNullable(context.queryParam("size")).orElse("0"));
            PatternSet set = Uploads.patterns(files(context), size);
            session.take(set, "Your patterns");
            json(context, session.view());
        });
        act(
                routes,
                SESSION + "/memory",
                (session, context) -> session.take(Uploads.memory(files(context), sessions.la())));
        routes.get(SESSION + "/memory.engram", context -> {
            context.header("Content-Disposition", "attachment; filename=\"playground.engram\"");
            context.contentType("application/octet-stream")
                    .result(Uploads.bytes(session(context).memory()));
        });
    }

    private void addLearning(RoutesConfig routes) {
        act(routes, SESSION + "/learning", (session, context) -> session.learn(body(context, LearningRequest.class)));
        act(routes, SESSION + "/learning/hold", (session, context) -> session.holdLearning());
        act(routes, SESSION + "/learning/go-on", (session, context) -> session.goOnLearning());
    }

    private void addRecall(RoutesConfig routes) {
        routes.post(
                SESSION + "/cue",
                context -> json(
                        context,
                        session(context)
                                .choose(body(context, PatternRequest.class).pattern())));
        routes.post(SESSION + "/cue/picture", context -> {
            Session session = session(context);
            Shape shape = session.shape();
            json(context, session.choose(Uploads.picture(files(context), shape.width(), shape.height())));
        });
        routes.post(
                SESSION + "/cue/damage",
                context -> json(context, session(context).damage(body(context, DamagedPicture.Change.class))));
        routes.post(SESSION + "/recall", context -> {
            long number = session(context).recall(body(context, RecallRequest.class));
            json(context, Map.of("number", number));
        });
        act(routes, SESSION + "/recall/stop", (session, context) -> session.stopRecall());
        routes.get(
                SESSION + "/recall",
                context -> json(context, session(context).recollection().view()));
        routes.get(SESSION + "/recall/frames", context -> {
            int from = number(Optional.ofNullable(context.queryParam("from")).orElse("0"));
            json(context, session(context).recollection().views(from, from + MOST_FRAMES));
        });
        act(routes, SESSION + "/comparison", (session, context) -> session.compare(body(context, RecallRequest.class)));
        act(routes, SESSION + "/landscape", (session, context) -> session.survey());
    }

    /** What is answered to an error of Java itself, after which there may be little memory left. */
    static void answer(HttpServletResponse response, Error error) {
        boolean memory = error instanceof OutOfMemoryError;
        response.setStatus(memory ? Refusal.BUSY : HttpStatus.INTERNAL_SERVER_ERROR.getCode());
        response.setContentType("application/json");
        String why = memory
                ? Refusal.NO_MEMORY
                : "internal error: " + error.getClass().getSimpleName();
        try {
            response.getOutputStream().write(PageJson.text(Map.of("error", why)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The page is gone.", e);
        }
    }

    /** An address at which something is done, and nothing answered. */
    private void act(RoutesConfig routes, String path, BiConsumer<Session, Context> action) {
        routes.post(path, context -> {
            action.accept(session(context), context);
            json(context, Map.of());
        });
    }

    private Session session(Context context) {
        return sessions.find(context.pathParam("session"));
    }

    private List<UploadedFile> files(Context context) {
        if (!context.isMultipartFormData()) {
            throw Refusal.unusable("Files were expected, as multipart/form-data.");
        }
        try {
            return context.uploadedFiles("files");
        } catch (Exception e) { // from the servlet, some of them checked
            throw isTooLarge(e)
                    ? guard.tooLarge()
                    : Refusal.unusable("The files did not come whole. Maybe send them again.");
        }
    }

    /** Whether it is the servlet's word for more than its limit. */
    private static boolean isTooLarge(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof IllegalStateException || message.matches("(?is).*(max length|exceed|too large).*")) {
                return true;
            }
        }
        return false;
    }

    private void asset(Context context, String name) {
        byte[] file =
                assets.find(name).orElseThrow(() -> new Refusal(Refusal.UNKNOWN, "There is nothing at this address."));
        context.contentType(Assets.contentType(name)).result(file);
    }

    private static <T> T body(Context context, Class<T> type) {
        return PageJson.read(context.body(), type);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Refusal.unusable("\"%s\" is not a number.".formatted(text));
        }
    }

    private static void json(Context context, Object value) {
        context.contentType("application/json").result(PageJson.text(value));
    }

    private static void refuse(Context context, Refusal refusal) {
        context.status(refusal.status());
        json(context, Map.of("error", Printable.message(String.valueOf(refusal.getMessage()))));
    }
}
