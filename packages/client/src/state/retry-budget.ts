const maxTokens = 100;
const tokensPerRetry = 5;

/**
 * Limits retries. A retry costs five tokens and every answer earns one. While the gateway answers nothing, a thousand
 * callers therefore do not become three thousand.
 */
export interface RetryBudget {
  /** Takes the tokens of one retry. Returns `false` if there are not enough. */
  take(): boolean;
  /** Records that an answer has come. */
  answered(): void;
}

/** Creates a full budget: twenty retries. */
export function createRetryBudget(): RetryBudget {
  let tokens = maxTokens;
  return {
    take: () => {
      if (tokens < tokensPerRetry) return false;
      tokens -= tokensPerRetry;
      return true;
    },
    answered: () => void (tokens = Math.min(maxTokens, tokens + 1)),
  };
}
