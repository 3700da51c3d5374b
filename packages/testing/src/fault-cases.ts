/** Error codes of a rejected message, each with its fault. */
export const faultCases = [
  [1, 'request'],
  [2, 'account'],
  [3, 'account'],
  [4, 'account'],
  [5, 'request'],
  [6, 'message'],
  [7, 'message'],
  [8, 'message'],
  [9, 'limit'],
  [10, 'unknown'],
  [99, 'unknown'],
] as const;
