import { readAs } from '../io/columnValues';
import type { TableSource } from '../io/tableSource';
import type { MetricValue } from '../../shared/performance/performanceReport';
import type { LogColumns } from '../../shared/performance/predictionLog';
import { meanInterval, meanMoments } from '../../shared/stats/meanInterval';
import { quantileSorted } from '../../shared/stats/quantile';
import { quantileInterval } from '../../shared/stats/quantileInterval';
import { sortFloat64 } from '../../shared/stats/sortFloat64';
import { wilsonInterval } from '../../shared/stats/wilsonInterval';
import { requireColumn } from './readIds';

const LATENCIES = [
  ['latencyP50', 0.5],
  ['latencyP95', 0.95],
  ['latencyP99', 0.99],
] as const;

/**
 * Latency, share of failed predictions and cost: what needs no outcome, over every row of the log.
 *
 * @returns one figure per mapped column (three of latency); missing values are left out
 * @throws AppFailure BAD_DATA when a column cannot be read as numbers, or as yes or no
 */
export async function readOperations(
  source: TableSource,
  { latencyMs, isSuccess, cost }: LogColumns,
): Promise<readonly MetricValue[]> {
  const metrics: MetricValue[] = [];
  if (latencyMs !== null) metrics.push(...latencies(await finite(source, latencyMs)));
  if (isSuccess !== null) metrics.push(await errorRate(source, isSuccess));
  if (cost !== null) metrics.push(costOf(await finite(source, cost)));
  return metrics;
}

async function finite(source: TableSource, name: string): Promise<Float64Array> {
  const read = await readAs(source, requireColumn(source, name), 'numeric');
  if (!('values' in read)) throw new Error('numbers are numbers');
  return Float64Array.from(read.values.filter(Number.isFinite));
}

function latencies(values: Float64Array): MetricValue[] {
  sortFloat64(values);
  return LATENCIES.map(([metric, q]) => ({
    metric,
    n: values.length,
    value: quantileSorted(values, q),
    interval: values.length === 0 ? null : quantileInterval(values, q),
    reason: values.length === 0 ? 'No row has a latency.' : null,
  }));
}

async function errorRate(source: TableSource, name: string): Promise<MetricValue> {
  const read = await readAs(source, requireColumn(source, name), 'boolean');
  if (!('codes' in read)) throw new Error('yes or no has codes');
  let n = 0;
  let nFailed = 0;
  for (const code of read.codes) {
    if (code < 0) continue;
    n += 1;
    if (code === 0) nFailed += 1;
  }
  return n === 0
    ? { metric: 'errorRate', n, value: null, interval: null, reason: 'No row says how it went.' }
    : {
        metric: 'errorRate',
        n,
        value: nFailed / n,
        interval: wilsonInterval({ count: nFailed, n }),
        reason: null,
      };
}

function costOf(values: Float64Array): MetricValue {
  const moments = meanMoments(values);
  return {
    metric: 'costPerPrediction',
    n: values.length,
    value: moments?.mean ?? null,
    interval: moments && meanInterval(moments),
    reason: moments === null ? 'No row has a cost.' : null,
  };
}
