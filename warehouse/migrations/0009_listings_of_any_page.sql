-- 0009_listings_of_any_page
-- Why    A listing item hangs on its capture and no longer on an article: front pages show listings and have none.
-- Alters what core.listing_items.page_id says of itself; no row changes

COMMENT ON COLUMN core.listing_items.page_id IS 'The capture it was seen on, with an article or without; raw.pages.';
