"""One module or folder per accounting package, each implementing `application.ports.AccountingPackage`."""
