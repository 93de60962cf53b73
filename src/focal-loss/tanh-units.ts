/** The hidden units of this room's networks: tanh, as the ReLU room gives it to networks. */
import {activationForm} from "../relu/activation-form.js";

export const tanhUnits = activationForm("tanh");
