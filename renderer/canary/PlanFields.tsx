import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import type { PlanDraft } from './planDraft';

interface PlanFieldsProps {
  readonly draft: PlanDraft;
  readonly onChange: (part: Partial<PlanDraft>) => void;
}

const KINDS = [
  { value: 'binary', label: 'Yes or no (accuracy, success)' },
  { value: 'continuous', label: 'Number (error, latency, revenue)' },
  { value: 'ranked', label: 'Score with a class (AUC)' },
];
export const DIRECTIONS = [
  { value: 'higherIsBetter', label: 'Higher is better' },
  { value: 'lowerIsBetter', label: 'Lower is better' },
];
export const SCALES = [
  { value: 'relative', label: 'share of the control' },
  { value: 'absolute', label: 'in its unit' },
];
const DESIGNS = [
  { value: 'alwaysValid', label: 'As often as we like (mSPRT)' },
  { value: 'fixedLooks', label: 'At planned looks only' },
];
const BOUNDS = [
  { value: 'spendObrienFleming', label: 'Lan-DeMets, O’Brien-Fleming type' },
  { value: 'spendPocock', label: 'Lan-DeMets, Pocock type' },
  { value: 'obrienFleming', label: 'O’Brien-Fleming' },
  { value: 'pocock', label: 'Pocock' },
];
const ON_ROLL_BACK = [
  { value: 'recommend', label: 'recommend it' },
  { value: 'rollBack', label: 'roll back by itself, once approved' },
];
const ROLL_BACK = [
  { value: 'worse', label: 'beyond the margin, and no chance' },
  { value: 'beyondMargin', label: 'surely beyond the margin' },
];

/** What is measured, and how much worse is acceptable. */
export function MetricFields({ draft, onChange }: PlanFieldsProps) {
  return (
    <Group align="flex-end" gap="sm">
      <TextInput
        label={draft.kind === 'ranked' ? 'Column of the score' : 'Column of the metric'}
        required
        w={200}
        value={draft.column}
        onChange={(event) => onChange({ column: event.currentTarget.value })}
      />
      <Select
        label="Kind"
        w={240}
        allowDeselect={false}
        data={KINDS}
        value={draft.kind}
        onChange={(kind) => onChange({ kind: kind ?? draft.kind })}
      />
      {draft.kind === 'ranked' && (
        <TextInput
          label="Column of the class"
          required
          w={180}
          value={draft.labelColumn}
          onChange={(event) => onChange({ labelColumn: event.currentTarget.value })}
        />
      )}
      <Select
        label="Direction"
        w={170}
        allowDeselect={false}
        data={DIRECTIONS}
        value={draft.direction}
        onChange={(direction) => onChange({ direction: direction ?? draft.direction })}
      />
      <NumberInput
        label="Margin"
        w={110}
        step={0.01}
        value={draft.margin}
        onChange={(margin) => onChange({ margin })}
      />
      <Select
        label="Margin is a"
        w={180}
        allowDeselect={false}
        data={SCALES}
        value={draft.scale}
        onChange={(scale) => onChange({ scale: scale ?? draft.scale })}
      />
    </Group>
  );
}

/** How sure one must be, and when one looks. */
export function CertaintyFields({ draft, onChange }: PlanFieldsProps) {
  return (
    <Group align="flex-end" gap="sm">
      <NumberInput
        label="Error, one-sided (%)"
        w={150}
        value={draft.alphaPercent}
        onChange={(alphaPercent) => onChange({ alphaPercent })}
      />
      <NumberInput
        label="Power (%)"
        w={110}
        value={draft.powerPercent}
        onChange={(powerPercent) => onChange({ powerPercent })}
      />
      <NumberInput
        label="Least rows per arm"
        w={150}
        value={draft.minimumRows}
        onChange={(minimumRows) => onChange({ minimumRows })}
      />
      <Select
        label="Roll back when it is worse"
        w={270}
        allowDeselect={false}
        data={ROLL_BACK}
        value={draft.rollBackOn}
        onChange={(rollBackOn) => onChange({ rollBackOn: rollBackOn ?? draft.rollBackOn })}
      />
      <Select
        label="On that verdict"
        w={270}
        allowDeselect={false}
        data={ON_ROLL_BACK}
        value={draft.onRollBack}
        onChange={(onRollBack) => onChange({ onRollBack: onRollBack ?? draft.onRollBack })}
      />
      <Select
        label="Look"
        w={240}
        allowDeselect={false}
        data={DESIGNS}
        value={draft.design}
        onChange={(design) => onChange({ design: design ?? draft.design })}
      />
      {draft.design === 'fixedLooks' && (
        <>
          <Select
            label="Bounds"
            w={250}
            allowDeselect={false}
            data={BOUNDS}
            value={draft.bounds}
            onChange={(bounds) => onChange({ bounds: bounds ?? draft.bounds })}
          />
          <NumberInput
            label="Looks"
            w={90}
            value={draft.looks}
            onChange={(looks) => onChange({ looks })}
          />
          <NumberInput
            label="Candidate rows at the last"
            w={200}
            value={draft.lookRows}
            onChange={(lookRows) => onChange({ lookRows })}
          />
        </>
      )}
    </Group>
  );
}

/** Traffic, and what the planner reckons with. */
export function TrafficFields({ draft, onChange }: PlanFieldsProps) {
  return (
    <Group align="flex-end" gap="sm">
      <NumberInput
        label="Traffic for the candidate (%)"
        w={200}
        value={draft.sharePercent}
        onChange={(sharePercent) => onChange({ sharePercent })}
      />
      <TextInput
        label="Ramp (%)"
        w={170}
        value={draft.ramp}
        onChange={(event) => onChange({ ramp: event.currentTarget.value })}
      />
      <NumberInput
        label="Value of the control now"
        w={180}
        step={0.01}
        value={draft.controlValue}
        onChange={(controlValue) => onChange({ controlValue })}
      />
      {draft.kind === 'continuous' && (
        <NumberInput
          label="Standard deviation of a row"
          w={200}
          value={draft.standardDeviation}
          onChange={(standardDeviation) => onChange({ standardDeviation })}
        />
      )}
      {draft.kind === 'ranked' && (
        <NumberInput
          label="Rows of the positive class (%)"
          w={210}
          value={draft.positivePercent}
          onChange={(positivePercent) => onChange({ positivePercent })}
        />
      )}
      <NumberInput
        label="Labelled rows a day"
        w={160}
        value={draft.rowsPerDay}
        onChange={(rowsPerDay) => onChange({ rowsPerDay })}
      />
      <NumberInput
        label="Outliers set in at either end (%)"
        w={230}
        value={draft.winsorisedPercent}
        onChange={(winsorisedPercent) => onChange({ winsorisedPercent })}
      />
    </Group>
  );
}
