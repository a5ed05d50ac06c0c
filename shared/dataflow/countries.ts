import { z } from 'zod';

/** Countries and territories, ISO 3166-1 alpha-2. */
export const COUNTRY_CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  );
const KNOWN: ReadonlySet<string> = new Set(COUNTRY_CODES);

export const CountryCode = z.string().refine((code) => KNOWN.has(code), 'no such country');
export type CountryCode = z.infer<typeof CountryCode>;

/**
 * The European Economic Area, with the parts of member states that have codes of their own and belong to the
 * Union (Art. 349, 355(1) and (4) TFEU): inside it data move freely (GDPR Art. 1(3)).
 */
const EEA: ReadonlySet<string> = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO AX GF GP MF MQ RE YT'.split(
    ' ',
  ),
);

export function isInEea(country: CountryCode): boolean {
  return EEA.has(country);
}

/** Countries of the adequacy decisions that this build knows; some hold for parts of a country only. */
const ADEQUATE: ReadonlySet<string> = new Set(
  'AD AR BR CA CH FO GB GG IL IM JE JP KR NZ US UY'.split(' '),
);

/** Whether this build knows a decision of the Commission for a country (GDPR Art. 45(3)). */
export function hasAdequacyDecision(country: CountryCode): boolean {
  return ADEQUATE.has(country);
}

const names = new Intl.DisplayNames(['en'], { type: 'region' });

/** The English name of a country. */
export function countryName(country: CountryCode): string {
  return names.of(country) ?? country;
}
