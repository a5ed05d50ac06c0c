/** Sizes of the heat strip in pixels. */
export const HEAT_SIZES = { name: 190, row: 24, header: 34, minCell: 16, maxCell: 120 } as const;
