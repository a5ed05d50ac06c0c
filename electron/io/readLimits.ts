/** What a table file may be before it is refused; checked before anything is parsed. */
export const MAX_FILE_BYTES = 2 * 1024 ** 3;
export const MAX_ROWS = 20_000_000;
export const MAX_COLUMNS = 2_000;
export const MAX_CELL_BYTES = 1024 ** 2;
/** One line of a CSV file, so that a file without line ends is not read as one line. */
export const MAX_LINE_BYTES = 8 * 1024 ** 2;
