"""Reading scans and photos: three engines behind the port `application.ocr`, and what a picture needs before an engine sees it."""
