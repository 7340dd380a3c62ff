/** Request lines of the bulk service. */
import t from 'tap';
import { parseBulkRequest } from '../../../lib/service/bulk-request.js';

const why = (line: string) => {
  const request = parseBulkRequest(line);
  return request.command === 'refused' ? request.why : null;
};

t.test('a command and a length are a request', async (t) => {
  t.strictSame(parseBulkRequest('GET 1'), { command: 'GET', length: 1 });
  t.strictSame(parseBulkRequest('PUT 1099511627776'), { command: 'PUT', length: 2 ** 40 });
});

t.test('another command is refused', async (t) => {
  for (const line of ['', 'GET', 'get 1', 'HEAD 1', 'GET\t1', 'GETS 1', ' GET 1', '\0GET 1'])
    t.equal(why(line), 'unknown command', line);
});

t.test('a length that is not a plain whole number in range is refused', async (t) => {
  const plain = ['', '0', '01', '-1', '+1', '1e9', '1.5', ' 1', '1 ', '1\r', '1\0', '1\n', 'x'];
  for (const digits of [...plain, '1099511627777', '18446744073709551617'])
    t.equal(why(`GET ${digits}`), 'bad length', digits);
});
