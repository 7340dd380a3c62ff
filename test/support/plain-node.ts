/**
 * Processes that tests start run as a user's do: what tap preloads makes each take several times as long to start.
 * NODE_EXTRA_CA_CERTS adds 45 ms of CPU, because Node.js parses certificates at its start; nothing here uses TLS.
 */
import processOnSpawn from 'process-on-spawn';

const PRELOADED_BY_TAP = /"?--import=[^"\s]*@tapjs[^"\s]*"?/g;

processOnSpawn.removeAllListeners();
process.env.NODE_OPTIONS = process.env.NODE_OPTIONS?.replaceAll(PRELOADED_BY_TAP, '') ?? '';
delete process.env.NODE_EXTRA_CA_CERTS;
