/** A process that connects, sends half a request, reports it, and waits to be killed. */
import net from 'node:net';

const [host = '', port, text = ''] = process.argv.slice(2);
const socket = net.connect({ host, port: Number(port) });
socket.pause();
socket.write(text, () => process.send?.(socket.localPort));
setInterval(() => {}, 60_000); // a socket that isn't read doesn't keep the process alive
