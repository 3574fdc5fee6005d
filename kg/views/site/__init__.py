"""The graph as pages that belong together: a folder that opens from disk, or all of them in one file."""

from kg.views.site.pages import DATA, PAGES, TITLE, summary_page, write_single_page, write_site

__all__ = ["DATA", "PAGES", "TITLE", "summary_page", "write_single_page", "write_site"]
