/** @type {import('prettier').Config} */
module.exports = {
  plugins: [require.resolve("@prettier/plugin-xml")],
  bracketSpacing: false,
  printWidth: 88,
  trailingComma: "es5",
  // In a view or a template a space between tags can be seen on the screen
  xmlWhitespaceSensitivity: "preserve",
};
