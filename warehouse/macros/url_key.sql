-- url_key(url)
-- Grain    one text; null for null
-- Reads    nothing
-- Answers  Are two URLs one address? Scheme, www, mobile and AMP hosts, upper case of a host, closing slashes, index files, fragments, parameters that tell how somebody came, the order of the others, percent-encoding and AMP forms make no difference.
-- Example  SELECT url_key('http://www.post.example/2026/ferry/?utm_source=feed#top') = url_key('https://post.example/2026/ferry')
-- Parameters
--   url  Absolute URL; others, such as file:, are their own key.
CASE
    WHEN url IS NULL OR NOT starts_with(url, 'http') AND NOT regexp_matches(url, '^(?i)https?://') THEN url
    -- Most URLs have none of what takes regular expressions: a million of them cost 0.2 s of CPU like this, 4 s otherwise.
    WHEN NOT (
        contains(url, '?') OR contains(url, '#') OR contains(url, '%') OR contains(url, '/amp') OR contains(url, '.amp')
        OR contains(url, '/index.') OR contains(url, '/default.') OR contains(url, '://m') OR contains(url, '://wap.')
        OR contains(url, ':443') OR contains(url, ':80') OR url != lower(url)
    ) THEN substring(
        CASE WHEN ends_with(url, '/') THEN rtrim(url, '/') ELSE url END,
        CASE
            WHEN starts_with(url, 'https://www.') THEN 13
            WHEN starts_with(url, 'http://www.') THEN 12
            WHEN starts_with(url, 'https://') THEN 9
            ELSE 8
        END
    )
    ELSE concat(
        -- its host
        regexp_replace(regexp_replace(lower(regexp_extract(
            regexp_replace(url, '^https?://[^/]+\.cdn\.ampproject\.org/\w/(?:s/)?', 'https://'), '^\w+://([^/?#]*)', 1
        )), '^(?:www|m|mobile|wap|amp)\.(?:(?:www|amp)\.)?', ''), ':(?:80|443)$', ''),
        -- its path
        regexp_replace(url_decode(regexp_extract(
            regexp_replace(url, '^https?://[^/]+\.cdn\.ampproject\.org/\w/(?:s/)?', 'https://'), '^\w+://[^/?#]*([^?#]*)', 1
        )), '^/amp(/.)|(?:/amp(?:\.html)?|\.amp|/(?:index|default)\.[a-z]{3,5})?/*$|\.amp(\.html?)$', '\1\2'),
        -- what its parameters say, sorted
        '?' || nullif(list_aggregate(list_sort(list_filter(
            string_split(replace(regexp_extract(url, '\?([^#]*)', 1), '&amp;', '&'), '&'),
            lambda each: each != '' AND NOT regexp_matches(each, '^(?i)(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_g[al]|spm'
                || '|from|ref|refer(?:r?er)?|share\w*|cmpid?|ncid|ocid|xtor|at_\w+|wt[._]mc|amp|outputType)(?:=|$)')
        )), 'string_agg', '&'), '')
    )
END
