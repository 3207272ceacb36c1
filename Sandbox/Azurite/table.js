// Runs Azurite's table service for the process that started this one: tells it the port, and ends when standard input
// closes, as it does however that process ends. An interrupt from the terminal is that process's matter.
'use strict';
const net = require('node:net');
const [main, ...args] = process.argv.slice(1);
let close = () => process.exit(0);

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...given) {
  return listen.apply(this, given).once('listening', () => console.log(`listening on port ${this.address().port}`));
};

const once = process.once;
process.once = (event, handler) => {
  if (event === 'SIGINT')
    close = handler;
  else
    once.call(process, event, handler);
  return process;
};
process.on('SIGINT', () => {});

const end = () => {
  setTimeout(() => process.exit(0), 2000).unref();
  close();
};
process.stdin.once('end', end).once('error', end).resume();

process.argv = [process.execPath, main, ...args];
require(main);
