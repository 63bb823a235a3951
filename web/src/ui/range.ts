/** The mountains behind the doors: ridges in front of ridges, made once from fixed numbers. */

/** Each row is one ridge from back to front: heights every 50 units, on a picture 1000 units square. */
const RIDGES: readonly (readonly number[])[] = [
  [404, 388, 352, 409, 415, 404, 391, 394, 346, 402, 379, 405, 368, 383, 397, 366, 381, 358, 401, 361, 384, 370],
  [469, 458, 490, 456, 470, 452, 463, 458, 487, 476, 505, 478, 489, 507, 462, 475, 479, 504, 452, 476, 494, 478],
  [552, 559, 543, 550, 566, 570, 562, 594, 586, 564, 577, 571, 582, 560, 562, 590, 580, 574, 592, 584, 577, 582],
  [677, 661, 666, 688, 667, 675, 680, 651, 672, 644, 673, 677, 662, 645, 659, 668, 650, 671, 656, 674, 660, 668],
  [760, 778, 763, 746, 755, 747, 757, 766, 745, 773, 749, 752, 775, 776, 753, 745, 747, 763, 777, 760, 752, 764],
  [867, 849, 842, 855, 862, 848, 843, 847, 857, 844, 851, 863, 845, 862, 846, 868, 848, 842, 867, 846, 858, 850],
];

const STEP = 50;

export const RANGE: readonly string[] = RIDGES.map((heights) => {
  const line = heights.map((y, i) => `${(i - 1) * STEP} ${y}`).join("L");
  return `M${line}V1200H-50z`;
});
