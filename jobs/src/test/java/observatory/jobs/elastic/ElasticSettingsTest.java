package observatory.jobs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElasticSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1, http://127.0.0.1:9200",
        "https://search.example:443/, https://search.example:443",
        "http://[::1]:9201, http://[::1]:9201",
        "' http://host:1/behind/proxy/ ', http://host:1/behind/proxy"
    })
    void anAddressIsReadAsTyped(String typed, String url) {
        assertThat(ElasticSettings.at(typed).url()).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9200, is not an address",
        "localhost:9200, does not start with http",
        "ftp://host, does not start with http",
        "http://, is not an address",
        "http:///x, names no host",
        "http://host:port, names no host",
        "http://host?x=1, has a query",
        "'http://ho st', is not an address"
    })
    void anAddressThatCannotBeUsedSaysWhy(String typed, String why) {
        assertThatThrownBy(() -> ElasticSettings.at(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("wanted something like http://127.0.0.1:9200");
    }

    @Test
    void aPasswordInFrontOfTheHostLogsInAndIsNeverShown() {
        ElasticSettings settings = ElasticSettings.at("https://ada:s3cret@search.example");

        assertThat(settings.credentials().header()).isEqualTo("Basic YWRhOnMzY3JldA==");
        assertThat(settings.toString()).contains("user ada").doesNotContain("s3cret");
        assertThatThrownBy(() -> ElasticSettings.at("http://ada:s3cret@ho st"))
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void anApiKeyIsSentAsElasticsearchHandsItOut() {
        ElasticSettings settings = ElasticSettings.at("https://search.example").withApiKey("VuaCfGcB");

        assertThat(settings.credentials().header()).isEqualTo("ApiKey VuaCfGcB");
        assertThat(settings.toString()).doesNotContain("VuaCfGcB");
    }
}
