package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What a public registry asks of a POM, and the list of versions that has no parent to take its own from. */
class PomsTest {
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    @Test
    void theBillOfMaterialsHasTheVersionAndAllPublishedModules() throws Exception {
        Document root = pom("");
        List<String> published = new ArrayList<>();
        for (String module : texts(root, "/project/modules/module")) {
            Document pom = pom(module);
            boolean isJar = texts(pom, "/project/packaging").isEmpty();
            if (isJar && !texts(pom, "/project/properties/maven.deploy.skip").contains("true")) {
                published.add(module);
            }
        }

        Document bom = pom("engram-bom");
        assertThat(texts(bom, "/project/version")).isEqualTo(texts(root, "/project/version"));
        assertThat(texts(bom, "//dependency/artifactId"))
                .contains("engram-core")
                .containsExactlyInAnyOrderElementsOf(published);
        assertThat(texts(bom, "//dependency/version")).containsOnly("${project.version}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "engram-bom"}) // the modules inherit from the first
    void whoMadeItUnderWhichLicenceAndWhereItIsAreSaid(String folder) throws Exception {
        Document pom = pom(folder);
        for (String asked : List.of(
                "name",
                "description",
                "url",
                "licenses/license/name",
                "developers/developer/name",
                "scm/connection",
                "scm/url")) {
            assertThat(texts(pom, "/project/" + asked)).as(asked).hasSize(1).doesNotContain("");
        }
        assertThat(texts(pom, "/project/licenses/license/name")).containsExactly("Apache-2.0");
    }

    @Test
    void everyModuleHasANameAndADescription() throws Exception {
        for (String module : texts(pom(""), "/project/modules/module")) {
            assertThat(texts(pom(module), "/project/name")).as(module).hasSize(1);
            assertThat(texts(pom(module), "/project/description")).as(module).hasSize(1);
        }
    }

    private static Document pom(String folder) throws Exception {
        Path file = Path.of("..", folder, "pom.xml");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static List<String> texts(Document document, String path) throws Exception {
        NodeList nodes = (NodeList) XPATH.evaluate(path, document, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }
}
