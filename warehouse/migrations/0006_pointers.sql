-- 0006_pointers
-- Why    A home folder can be moved, and a rebuilt one takes the place of another: pointers into it must not say where it lay.
-- Alters raw.pages.warc_uri of files in the home folder: relative to it. Files elsewhere keep their absolute path.

UPDATE raw.pages SET warc_uri = substr(warc_uri, length(getvariable('home')::VARCHAR) + 2)
WHERE starts_with(warc_uri, getvariable('home')::VARCHAR || '/');
COMMENT ON COLUMN raw.pages.warc_uri IS 'WARC file that holds the bytes: relative to the home folder where it lies in it, else absolute.';
