/** The options that set a message. */
import t from 'tap';
import { messageSize, messageText } from '../../../../bench/services/echo/message.js';
import { type Case, checkParser, each } from '../../../support/parsers.js';

const BACKWARDS = 'lower bound above the upper bound';

const CASES: Readonly<Record<string, Case>> = {
  messageText: {
    parse: messageText,
    accepted: ['x', ' ', 'tab\t', 'größer', 'é'.repeat(32_768), 'x'.repeat(65_536)].map(
      (text) => [text, { kind: 'text', text }] as const,
    ),
    refused: [
      ['', 'empty message'],
      ['two\nlines', 'contains a line break'],
      ['end\r', 'contains a line break'],
      ['x'.repeat(65_537), 'too long, 65537 bytes'],
      [`${'é'.repeat(32_768)}.`, 'too long, 65537 bytes'],
    ],
    allowed: 'one line of 1 to 65536 bytes',
  },
  messageSize: {
    parse: messageSize,
    accepted: [
      ['19', { kind: 'size', low: 19, high: 19 }],
      ['1048576', { kind: 'size', low: 1_048_576, high: 1_048_576 }],
      ['uniform:1-4096', { kind: 'size', low: 1, high: 4096 }],
    ],
    refused: [
      ...each(
        ['', '-1', '1.5', '1-2', 'uniform:5', 'uniform:-5', 'uniform:1-2-3', '19\n', '1k'],
        'not a size',
      ),
      ['0', 'too small'],
      ['uniform:0-5', 'too small'],
      ['1048577', 'too large'],
      ['uniform:1-1048577', 'too large'],
      ['uniform:9-1', BACKWARDS],
    ],
    allowed: '19 or uniform:1-4096, with sizes of 1 to 1048576 bytes',
  },
};

for (const [name, one] of Object.entries(CASES)) checkParser(t, name, one);
