/** Why a load level breaks, in words. */

import type { Fact } from '../../facts.js';
import type { ServiceWording } from '../../services/wording.js';
import type { Breach, Cause } from '../../statistics/service-level.js';
import { whole } from '../../text/format.js';
import { sentenceOf } from './facts.js';
import { obstacleInWords } from './obstacles.js';

export function breachInWords(breach: Breach, wording: ServiceWording): string {
  switch (breach.kind) {
    case 'not possible':
      return obstacleInWords(breach.obstacle);
    case 'no valid trial':
      return 'no valid trial';
    case 'starved':
      return `${whole(breach.starved)} of ${whole(breach.connections)} connections got no answer before the window ended`;
    case 'condition':
      return breach.isKnown
        ? `${breach.condition.text} is not met`
        : `${breach.condition.text} can't be checked: the metric is unknown for this server`;
    case 'schedule':
      return `only ${inPercent(breach.achievedRatio)} of the ${wording.message.many} that were due were sent and answered`;
    case 'efficiency':
      return `${wording.efficiency} fell by ${inPercent(breach.loss)}${beside(breach.controlLoss)}`;
    default:
      return sentenceOf([breach], wording);
  }
}

function beside(loss: number | null): string {
  if (loss === null) return '';
  return ` (the baseline's ${loss < 0 ? 'rose' : 'fell'} by ${inPercent(Math.abs(loss))})`;
}

export function causeInWords(cause: Cause, wording: ServiceWording): string {
  switch (cause.kind) {
    case 'no descriptor':
      return 'the client ran out of descriptors';
    case 'no port':
      return 'the client ran out of ports';
    case 'client CPU':
      return "the client's CPU, not the server's";
    case 'server CPU':
      return `the server's CPU${cause.cpus > 1 ? 's are' : ' is'} saturated`;
    default:
      return sentenceOf([cause as Fact], wording);
  }
}

function inPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
