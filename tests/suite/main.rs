//! One integration binary, a module per concern.

mod store;
