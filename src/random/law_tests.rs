//! All laws through the table of families.
