package dev.engram.io.safetensors;

import dev.engram.io.file.Bounds;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.MemoryFileException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON of a safetensors header, read token by token so that nothing is overlooked: an entry twice is an error.
 *
 * <pre>
 * header := { "__metadata__": { name: string, ... }, name: tensor, ... }
 * tensor := { "dtype": string, "shape": [n, ...], "data_offsets": [begin, end] }
 * </pre>
 */
final class SafetensorsJson {
    private static final String DTYPE = "dtype";
    private static final String SHAPE = "shape";
    private static final String OFFSETS = "data_offsets";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Safetensors.LARGEST_HEADER)
                    .build())
            .build();

    private final String what;
    private final JsonParser json;

    private SafetensorsJson(String what, JsonParser json) {
        this.what = what;
        this.json = json;
    }

    /**
     * Reads a header.
     *
     * @throws MemoryFileException.Corrupt if it is not the JSON expected
     */
    static SafetensorsHeader read(String what, byte[] header) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), header)) {
            return new SafetensorsJson(what, json).header();
        } catch (JacksonException e) {
            throw new MemoryFileException.Corrupt(
                    "%s is damaged: its header is not JSON (%s).".formatted(what, Inputs.reason(e)));
        }
    }

    private SafetensorsHeader header() {
        Map<String, String> metadata = new LinkedHashMap<>();
        List<SafetensorsHeader.Entry> tensors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        expect(json.nextToken(), JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = name(names);
            expect(json.nextToken(), JsonToken.START_OBJECT);
            if (name.equals(NamedTensor.METADATA)) {
                readMetadata(metadata);
            } else {
                tensors.add(tensor(name));
                requireMost(tensors.size(), Bounds.TENSORS, "tensors");
            }
        }
        if (json.nextToken() != null) {
            throw bad("something after its end");
        }
        return new SafetensorsHeader(metadata, tensors);
    }

    private void readMetadata(Map<String, String> metadata) {
        Set<String> keys = new HashSet<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = name(keys);
            expect(json.nextToken(), JsonToken.VALUE_STRING);
            metadata.put(key, json.getString());
            requireMost(metadata.size(), Bounds.ENTRIES, "entries of metadata");
        }
    }

    private SafetensorsHeader.Entry tensor(String name) {
        Optional<DType> dtype = Optional.empty();
        Optional<long[]> shape = Optional.empty();
        Optional<long[]> offsets = Optional.empty();
        Set<String> keys = new HashSet<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = name(keys);
            json.nextToken();
            switch (key) {
                case DTYPE -> dtype = Optional.of(dtype(name));
                case SHAPE -> shape = Optional.of(numbers());
                case OFFSETS -> offsets = Optional.of(numbers());
                default -> throw bad("the unknown entry '%s' of tensor %s".formatted(key, name));
            }
        }
        if (dtype.isEmpty() || shape.isEmpty() || offsets.isEmpty() || offsets.get().length != 2 || name.isEmpty()) {
            throw bad("an incomplete entry for tensor '%s'".formatted(name));
        }
        return new SafetensorsHeader.Entry(name, dtype.get(), shape.get(), offsets.get()[0], offsets.get()[1]);
    }

    private DType dtype(String tensor) {
        expect(json.currentToken(), JsonToken.VALUE_STRING);
        String name = json.getString();
        return DType.ofName(name).orElseThrow(() -> bad("the unknown dtype '%s' of tensor %s".formatted(name, tensor)));
    }

    private long[] numbers() {
        expect(json.currentToken(), JsonToken.START_ARRAY);
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT);
            long number = json.getLongValue();
            if (number < 0) {
                throw bad("the negative number %d".formatted(number));
            }
            numbers.add(number);
            requireMost(numbers.size(), Bounds.DIMENSIONS, "dimensions of a tensor");
        }
        return numbers.stream().mapToLong(n -> n).toArray();
    }

    private void requireMost(int count, int most, String of) {
        if (count > most) {
            throw bad("more than %,d %s".formatted(most, of));
        }
    }

    private String name(Set<String> earlier) {
        expect(json.currentToken(), JsonToken.PROPERTY_NAME);
        String name = json.currentName();
        if (!earlier.add(name)) {
            throw bad("two entries called '%s'".formatted(name));
        }
        return name;
    }

    private void expect(JsonToken actual, JsonToken expected) {
        if (actual != expected) {
            throw bad("%s where %s was expected".formatted(actual, expected));
        }
    }

    private MemoryFileException bad(String finding) {
        return new MemoryFileException.Corrupt("%s is damaged: its header has %s.".formatted(what, finding));
    }

    /** The header's JSON, compact. */
    static byte[] write(SafetensorsHeader header) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName(NamedTensor.METADATA);
            json.writeStartObject();
            header.metadata().forEach(json::writeStringProperty);
            json.writeEndObject();
            for (SafetensorsHeader.Entry entry : header.tensors()) {
                json.writeName(entry.name());
                json.writeStartObject();
                json.writeStringProperty(DTYPE, entry.dtype().name());
                write(json, SHAPE, entry.shape());
                write(json, OFFSETS, entry.begin(), entry.end());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, String name, long... numbers) {
        json.writeName(name);
        json.writeArray(numbers, 0, numbers.length);
    }
}
