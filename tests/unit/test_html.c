/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "report/html.h"
#include "testing.h"

static void escapes_text_only(void **state)
{
    (void)state;
    struct html html = {0};
    char *text = NULL;
    html_raw(&html, "<p>");
    html_text(&html, "a < b & \"c\" 'd' > e\x01\nf");
    html_format(&html, "</p><i>%d</i>", 7);
    assert_int_equal(html_finish(&html, &text), DREDGE_OK);
    assert_string_equal(text, "<p>a &lt; b &amp; &quot;c&quot; &#39;d&#39; &gt; e\nf</p><i>7</i>");
    free(text);
    assert_null(html.text);
}

static void places_are_escaped_too(void **state)
{
    (void)state;
    struct html html = {0};
    char *text = NULL;
    struct language_place place = {"regime", "<script>"};
    html_fill(&html, LANGUAGE_EN, TEXT_map_mean, 1, &place);
    assert_int_equal(html_finish(&html, &text), DREDGE_OK);
    assert_string_equal(text, "mean under &lt;script&gt;");
    free(text);
    html_raw(&html, "dropped");
    html_free(&html);
    html_free(&html);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(escapes_text_only), cmocka_unit_test(places_are_escaped_too)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
