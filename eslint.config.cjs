const js = require("@eslint/js");
const globals = require("globals");
const jsdoc = require("eslint-plugin-jsdoc");

// Odoo takes every file of an addon's static folder as a module
module.exports = [
  {ignores: ["**/.*/**"]},
  js.configs.recommended,
  {
    files: ["*/static/**/*.js"],
    plugins: {jsdoc},
    languageOptions: {
      ecmaVersion: 2024,
      sourceType: "module",
      globals: {
        ...globals.browser,
        odoo: "readonly",
        owl: "readonly",
        luxon: "readonly",
      },
    },
    rules: {
      complexity: ["error", 15],
      curly: "error",
      eqeqeq: ["error", "smart"],
      "jsdoc/check-param-names": "error",
      "jsdoc/check-tag-names": "error",
      "no-alert": "error",
      "no-console": "error",
      "no-duplicate-imports": "error",
      "no-else-return": "error",
      "no-eval": "error",
      "no-implicit-coercion": ["error", {allow: ["!!"]}],
      "no-lonely-if": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.name='setTimeout']",
          message:
            "Use the record's own events, or browser.setTimeout where there is no other way.",
        },
      ],
      "no-shadow": "error",
      "no-throw-literal": "error",
      "no-unneeded-ternary": "error",
      "no-unused-expressions": "error",
      "no-use-before-define": ["error", {functions: false}],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "spaced-comment": "error",
    },
  },
  {files: ["*.cjs"], languageOptions: {sourceType: "commonjs", globals: globals.node}},
];
