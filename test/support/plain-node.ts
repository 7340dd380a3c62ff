/**
 * Processes that tests start don't load the modules that tap preloads, which make each start several times slower.
 * NODE_EXTRA_CA_CERTS adds 45 ms of CPU, because Node.js parses certificates at its start; nothing here uses TLS.
 */
import processOnSpawn from 'process-on-spawn';

const PRELOADED_BY_TAP = /"?--import=[^"\s]*@tapjs[^"\s]*"?/g;

processOnSpawn.removeAllListeners();
process.env.NODE_OPTIONS = process.env.NODE_OPTIONS?.replaceAll(PRELOADED_BY_TAP, '') ?? '';
delete process.env.NODE_EXTRA_CA_CERTS;
