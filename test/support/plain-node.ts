/** Processes that tests start run as a user's do: what tap preloads in each doubles the time to start one. */
import processOnSpawn from 'process-on-spawn';

processOnSpawn.removeAllListeners();
