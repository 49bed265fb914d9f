## The frame of every page: sidebar, filters, downloads, footer, errors.

theme-light = Light theme
refresh = Refresh the data
refresh-help = Look for a newer version of the data now.
refresh-new = A newer version of the data is now shown.
refresh-same = These are the newest data.
refresh-held = The data are held at this version.
refresh-failed = Newer data could not be fetched. The page keeps the data it had.
data-fresh = up to date
data-stale = a newer version is available
data-unconfirmed = not checked lately
data-held = held at this version
fact-origin = Data
fact-place = Read from
fact-version = Version
fact-built = Built
table-caption = The numbers drawn
origin-local = Food.com data
origin-demo = Demo data
place-s3 = the S3 store
place-cache = a local copy of the S3 store
place-local = a local file
demo-banner = Demo data: invented recipes and ratings, like Food.com’s in size and shape. No finding here is about real cooking.

source-real = Source: Food.com · data { $version } of { $date }
source-demo = Demo, not Food.com: { $version } of { $date }
footer-app = Mangetamain Analytics { $version } ({ $commit })
footer-documentation = Data and method

years-label = Years
years-help = Every chart of the page shows these years only; trends are computed on them.
years-only = The data hold a single year: { $year }.
no-recipes = There is no recipe here: nothing to show.

download-csv = CSV
download-image = Download as { $format }: { $title }
download-image-failed = Your browser could not make the { $format }. Try the other format, or another browser.
contents = On this page
how-computed = How it was computed

verdict-rise = rise
verdict-fall = fall
verdict-no-evidence = nothing established
verdict-too-little-data = too little data to tell

legend-rise = Rise
legend-fall = Fall
legend-trend = Trend of { $series }
legend-whole-year = Whole year
legend-partial = Partly covered year
legend-mean = Mean of the years: { $mean }
band-low = { $band }, low end
band-high = { $band }, high end
axis-year = Year of publication
column-year = Year
column-recipes = Recipes

unavailable-title = The kitchen is closed for a moment
unavailable-text = The data cannot be read right now. The incident is logged; please come back in a few minutes.
unavailable-retry = Try again
loading = Loading the page
noscript = This dashboard draws its charts in your browser, which needs JavaScript for it. Allow it for this site, then reload the page.
nowhere-title = This dish is not on the menu
nowhere-text = There is no page at this address: it may have been mistyped, or the page may have gone. Here is what the kitchen serves:
nowhere-pages = Pages
error-unexpected = Something went wrong on our side and this page could not be drawn. The error is logged. Please reload the page, or choose other filters.
query-years = rows of { $years }
