"""A chart, or a whole metric, in the form a reader needs: picture, slide, workbook, CSV, words."""
