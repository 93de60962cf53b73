/** ReLU as the networks want it. */
import {activationForm} from "../relu/activation-form.js";

export const relu = activationForm("relu");
