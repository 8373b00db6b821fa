// The pages of the workbook, in the order in which their files are read.

const SECTIONS = [];

// page: {id, title, build: async (element) => void, count: () => number shown in the contents}
function section(page) {
  SECTIONS.push(page);
}
