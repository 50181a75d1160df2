/** A workbook takes no more rows; the server refuses a longer one. */
export const MOST_IN_A_WORKBOOK = 5000;
