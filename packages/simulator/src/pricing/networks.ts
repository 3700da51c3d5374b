/** Mobile network of a number. */
export interface Network {
  readonly country: string;
  readonly operator: string;
  readonly mcc: string;
  readonly mnc: string;
}

/**
 * Networks by number prefix; the longest matching prefix wins. `25503` for Kyivstar and the Russian names of countries are
 * recorded from the gateway; the rest is an extract of the public numbering plans. Porting is not simulated.
 */
// prettier-ignore
const table: readonly (readonly [
  prefixes: string,
  country: string,
  operator: string,
  mcc: string,
  mnc: string,
])[] = [
  ['38050 38066 38075 38095 38099', 'Украина', 'Vodafone', '255', '01'],
  ['38067 38068 38077 38096 38097 38098', 'Украина', 'Kyivstar', '255', '03'],
  ['38063 38073 38093', 'Украина', 'lifecell', '255', '06'],
  ['380', 'Украина', '', '255', '00'],
  ['7', 'Россия', '', '250', '99'],
  ['791 798', 'Россия', 'МТС', '250', '01'],
  ['792 793 7999', 'Россия', 'МегаФон', '250', '02'],
  ['790 796', 'Россия', 'Билайн', '250', '99'],
  ['77', 'Казахстан', '', '401', '01'],
  ['992', 'Таджикистан', '', '436', '04'],
  ['375', 'Беларусь', '', '257', '01'],
  ['48', 'Польша', '', '260', '01'],
  ['49', 'Германия', '', '262', '01'],
  ['44', 'Великобритания', '', '234', '15'],
  ['373', 'Молдова', '', '259', '01'],
  ['995', 'Грузия', '', '282', '01'],
  ['996', 'Киргизия', '', '437', '01'],
  ['998', 'Узбекистан', '', '434', '05'],
  ['1', 'США', '', '310', '260'],
];

const networks = new Map<string, Network>(
  table.flatMap(([prefixes, country, operator, mcc, mnc]) =>
    prefixes.split(' ').map((prefix) => [prefix, { country, operator, mcc, mnc }] as const),
  ),
);
const longestPrefix = 5;
const unknownNetwork: Network = { country: '', operator: '', mcc: '', mnc: '' };

/** Returns the network of a number. All members are empty if the recipient is not a number or is not in the table. */
export function networkOf(recipient: string): Network {
  if (!/^\d{8,}$/.test(recipient)) return unknownNetwork;
  for (let length = longestPrefix; length > 0; length--) {
    const network = networks.get(recipient.slice(0, length));
    if (network) return network;
  }
  return unknownNetwork;
}
