// A work order's page: its forms are kept until they are answered.
import * as moves from "./moves.js";
import * as net from "./net.js";
import * as taps from "./taps.js";

const load = (url) => net.load(url, moves.setUp);

taps.start((state, facts) => {
  if (state !== "answered") net.say(state, facts.left);
  else if (moves.mine(facts.tap)) moves.answered(facts, load);
  else if (!facts.ok) net.refuse(facts.told);
});
moves.setUp();
