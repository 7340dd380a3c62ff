/** The client side of echo with a message, for tests that start a client themselves. */
import { loadOf } from '../../bench/services/echo/echo.js';
import type { Message } from '../../bench/services/echo/message.js';
import type { NamedOptions } from '../../lib/native-data.js';

export function echoProtocol(message: Message): NamedOptions {
  return { name: 'echo', options: loadOf(message).protocolOptions };
}
