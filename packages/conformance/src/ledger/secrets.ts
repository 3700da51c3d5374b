/** Made-up secrets of the cases. A store must write none of them to a disk. */
export const secrets: Readonly<Record<'password' | 'apiKey' | 'phone' | 'text', string>> = {
  password: 'correct-horse-battery',
  apiKey: 'staple-key-0123456789',
  phone: '380501234567',
  text: 'Ваш код: 482117',
};
