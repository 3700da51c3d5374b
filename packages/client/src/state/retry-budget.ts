const maxTokens = 100;
const tokensPerRetry = 5;

/**
 * Limits retries. A retry costs five tokens and every reply adds one. If the gateway does not reply, retries therefore
 * soon stop and do not multiply the number of requests.
 */
export interface RetryBudget {
  /** Takes the tokens of one retry. Returns `false` if there are not enough. */
  take(): boolean;
  /** Records a reply. */
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
