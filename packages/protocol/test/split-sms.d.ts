declare module 'split-sms' {
  /** The part of its interface that is compared with; it comes without types. */
  const splitter: {
    readonly split: (text: string) => {
      readonly characterSet: 'GSM' | 'Unicode';
      readonly parts: readonly { readonly content: string }[];
      readonly remainingInPart: number;
    };
  };
  export = splitter;
}
