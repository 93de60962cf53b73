import {readdirSync} from "node:fs";
import {createTypeScriptImportResolver} from "eslint-import-resolver-typescript";
import {importX} from "eslint-plugin-import-x";
import {defineConfig} from "eslint/config";
import tseslint from "typescript-eslint";

// The house's walls (shared/design.md): page → figures → (algorithms, kernels, notebook); kernels → (algorithms,
// compute); algorithms → algorithms; notebook and compute know no room, nor each other, save that notebook may ask
// which backend runs. A folder of src/ that is not named here is a room, so a new room is walled from its first file.
const wings = ["compute", "notebook", "embed", "type", ".observablehq"];
const rooms = readdirSync("src", {withFileTypes: true})
  .filter((entry) => entry.isDirectory() && !wings.includes(entry.name))
  .map((entry) => entry.name);

// A zone's lists must be all folders or all globs; these are globs.
const catalogue = "./src/{figures,rooms}.ts";
const allFigures = rooms.map((room) => `./src/${room}/figures/**/*`);
const kernels = rooms.flatMap((room) => [`./src/${room}/*.kernel.ts`, `./src/${room}/*.training.ts`]);
const algorithms = rooms.flatMap((room) => [
  `./src/${room}/!(*.kernel|*.training).ts`,
  `./src/${room}/!(figures)/**/*.ts`
]);
const message = (what) => `${what} (see the import directions in README.md)`;

const zones = [
  {
    target: "./src/compute",
    from: "./src",
    except: ["./compute"],
    message: message("compute knows no room and no notebook")
  },
  {
    target: "./src/notebook",
    from: "./src",
    except: ["./notebook", "./compute/status.ts"],
    message: message("notebook knows no room, and of compute only which backend runs")
  },
  {
    target: algorithms,
    from: ["./src/compute/**/*", "./src/notebook/**/*", ...kernels, ...allFigures, catalogue],
    message: message("an algorithm imports algorithms only")
  },
  {
    target: kernels,
    from: ["./src/notebook/**/*", ...allFigures, catalogue],
    message: message("a kernel imports algorithms and compute only")
  },
  {
    target: allFigures,
    from: ["./src/compute/**/*", catalogue],
    message: message("a figure imports algorithms, kernels and notebook only")
  }
];

export default defineConfig(
  {ignores: ["dist/", "src/.observablehq/", "test/.results/", "node_modules/"]},
  tseslint.configs.strict,
  tseslint.configs.stylistic,
  {
    files: ["**/*.ts"],
    plugins: {"import-x": importX},
    settings: {"import-x/resolver-next": [createTypeScriptImportResolver()]},
    rules: {
      "import-x/no-restricted-paths": ["error", {zones}],
      "import-x/no-cycle": "error",
      "import-x/no-default-export": "error",
      "import-x/no-extraneous-dependencies": "error",
      "import-x/no-unresolved": ["error", {ignore: ["^observablehq:", "^workings:"]}],
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "max-lines": ["error", {max: 300}],
      eqeqeq: ["error", "always", {null: "ignore"}],
      "prefer-const": "error"
    }
  },
  {
    // Public API that runs on the active backend loads its kernels, lazily; trainers give the page air to draw.
    files: ["src/iou/iou.ts", "src/boosting/xgboost.ts", "src/boosting/gbdt.ts", "src/map/coco.ts"],
    rules: {"import-x/no-restricted-paths": "off"}
  },
  {
    files: ["*.config.ts", "*.config.js", "test/**/*.config.ts"],
    rules: {"import-x/no-default-export": "off"}
  }
);
