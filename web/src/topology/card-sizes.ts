/** How large an instance is drawn, and how far from others, in pixels. */
export const cardSizes = { width: 304, height: 58, across: 64, down: 14 };
