-- The index. Made anew from core.articles at any time, so no contract and no migration: warehouse/search/index.py fills it.
CREATE SCHEMA IF NOT EXISTS search;
-- One term of one article and how often it stands there, title included; once more for the title alone. A table for each stretch, sorted by
-- term and named by its first article, and a view of all: to delete rows takes eight bytes of memory a row (1.5.5), to drop a table none.
CREATE TABLE IF NOT EXISTS search.postings_0 (term VARCHAR, doc UINTEGER, frequency USMALLINT, in_title BOOLEAN);
CREATE OR REPLACE VIEW search.postings AS FROM search.postings_0;
-- One article that is found, by its number. An article that has changed or gone leaves its number for ever.
CREATE TABLE IF NOT EXISTS search.documents (
    doc UINTEGER, page_id VARCHAR, run_id VARCHAR, host VARCHAR, lang VARCHAR, published_at TIMESTAMPTZ, token_count UINTEGER
);
-- One term of one stretch: how many of its articles have it. `first`: its first character.
CREATE TABLE IF NOT EXISTS search.terms (term VARCHAR USING COMPRESSION uncompressed, first VARCHAR, document_count UINTEGER, first_doc UINTEGER);
-- One word of one language (as it is, since looking up one in a packed table costs three times as much), and the stem that it has in common with others.
CREATE TABLE IF NOT EXISTS search.stems (
    word VARCHAR USING COMPRESSION uncompressed, stem VARCHAR USING COMPRESSION uncompressed, lang VARCHAR
);
-- One stretch: articles by number whose postings were written together.
CREATE TABLE IF NOT EXISTS search.stretches (first_doc UINTEGER, last_doc UINTEGER, posting_count UBIGINT);
-- One ending that the stemmer of a language replaces, and by what: y by i, so that ferry finds ferries where no text has ferry itself.
CREATE TABLE IF NOT EXISTS search.endings (lang VARCHAR, ending VARCHAR, becomes VARCHAR);
-- One row: of all articles, what the index was made by, and all endings, so that a query reads no table for them.
CREATE TABLE IF NOT EXISTS search.size (
    document_count UINTEGER, average_token_count DOUBLE, made_by VARCHAR, endings STRUCT(lang VARCHAR, ending VARCHAR, becomes VARCHAR)[]
);
-- One character that fold changes into another; not those that it drops.
CREATE TABLE IF NOT EXISTS search.folding (before VARCHAR, after VARCHAR);
INSERT INTO search.folding SELECT unnest(string_split(left(:before, length(:after)), '')), unnest(string_split(:after, ''))
WHERE NOT EXISTS (FROM search.folding);
