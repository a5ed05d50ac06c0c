const words = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{N}+/gu;

/** Words of a name in lower case: `customerID`, `customer_id` and `Customer Id` are the same. */
function wordsOf(name: string): readonly string[] {
  return (name.match(words) ?? []).map((word) => word.toLowerCase());
}

const idWords: ReadonlySet<string> = new Set(
  'id ids uuid guid key pk fk rowid hash token iban ssn imei msisdn email phone serial identifier'.split(
    ' ',
  ),
);
const idNames: ReadonlySet<string> = new Set(
  'index row row_number rownum row_num unnamed_0 no nr record'.split(' '),
);
const joinedId =
  /^(?:user|cust|customer|client|account|acct|row|record|order|transaction|trans|txn|person|patient|member|employee|emp|product|item|device|session|event|case|claim|policy|loan|invoice|passenger|student|subject|sample)(?:id|no|nr|num|number|key)$/;
const numberWords: ReadonlySet<string> = new Set(['number', 'no', 'nr', 'num']);
const codeWords: ReadonlySet<string> = new Set(
  'code codes cd zip zipcode postcode postal plz sic naics mcc icd fips iso'.split(' '),
);
const groupWords: ReadonlySet<string> = new Set(
  'class category cat type typ group grp cluster segment region district area branch department dept county state status gender sex'.split(
    ' ',
  ),
);
const predictionNames: ReadonlySet<string> = new Set(
  'prediction predictions predicted pred preds score scores probability proba prob y_pred y_hat yhat ypred y_score y_prob y_proba p_hat phat model_score model_output'.split(
    ' ',
  ),
);
const labelNames: ReadonlySet<string> = new Set(
  'y label labels target targets outcome outcomes response y_true ytrue ground_truth truth actual actuals'.split(
    ' ',
  ),
);

/** Names such as `id`, `customerId`, `order_key`, `Unnamed: 0`. */
export function isIdName(name: string): boolean {
  const parts = wordsOf(name);
  const [first] = parts;
  const last = parts.at(-1);
  return (
    (last !== undefined && (idWords.has(last) || joinedId.test(last))) ||
    first === 'id' ||
    idNames.has(parts.join('_'))
  );
}

/** Names that say "this is nothing but the identifier", as `id` or `uuid` alone do. */
export function isPlainIdName(name: string): boolean {
  const joined = wordsOf(name).join('_');
  return ['id', 'uuid', 'guid', 'rowid', 'index', 'row_number', 'unnamed_0'].includes(joined);
}

/** Names such as `account_number`: an identifier if its values are all different. */
export function isNumberName(name: string): boolean {
  const parts = wordsOf(name);
  return parts.length > 1 && numberWords.has(parts.at(-1) ?? '');
}

/** Names such as `zip`, `mcc` or `country_code`: numbers there are names, not measurements. */
export function isCodeName(name: string): boolean {
  const parts = wordsOf(name);
  return codeWords.has(parts.at(-1) ?? '') || parts[0] === 'zip' || parts[0] === 'postal';
}

/** Names such as `class` or `region`: few whole numbers there are names, not measurements. */
export function isGroupName(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? '';
  return groupWords.has(last) || /^(?:p|sub)class$/.test(last);
}

export function isPredictionName(name: string): boolean {
  const parts = wordsOf(name);
  const [first] = parts;
  const last = parts.at(-1) ?? '';
  return (
    predictionNames.has(parts.join('_')) ||
    ['predicted', 'prediction', 'pred', 'prob', 'proba', 'probability'].includes(first ?? '') ||
    ['predicted', 'prediction', 'predictions', 'proba', 'probability'].includes(last)
  );
}

export function isLabelName(name: string): boolean {
  const parts = wordsOf(name);
  return labelNames.has(parts.join('_')) || ['label', 'target'].includes(parts.at(-1) ?? '');
}
