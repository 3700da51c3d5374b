/** Made-up secrets of the cases. */
export interface CaseSecrets {
  readonly password: string;
  readonly apiKey: string;
  readonly phone: string;
  readonly text: string;
}

/** Made-up secrets of the cases. A store must write none of them to a disk. */
export const secrets: CaseSecrets = {
  password: 'correct-horse-battery',
  apiKey: 'staple-key-0123456789',
  phone: '380501234567',
  text: 'Ваш код: 482117',
};
