//! What a person does with habits, day by day and in the history.

use std::cell::RefCell;

use divan::{Bencher, black_box};

use crate::{
    app::App,
    files::{ALL, History, open, today},
};

/// Opening the file and reading it, as every command does too.
#[divan::bench(args = ALL, sample_count = 100, sample_size = 1)]
fn open_and_load(bencher: Bencher, history: History) {
    let path = history.path();
    bencher.bench_local(|| {
        let mut store = open(black_box(&path));
        let workspace = store.load(today()).unwrap();
        (store, workspace)
    });
}

/// Opening the file, reading it, and one whole screen.
#[divan::bench(args = ALL, sample_count = 100, sample_size = 1)]
fn first_frame(bencher: Bencher, history: History) {
    let path = history.path();
    bencher.bench_local(|| App::start(black_box(&path)));
}

/// Space: the tick on the disk, and the screen that shows it.
#[divan::bench(args = ALL, sample_count = 500, sample_size = 1)]
fn tick(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    app.borrow_mut().press("space");
    bencher
        .with_inputs(|| {
            let mut app = app.borrow_mut();
            app.press("u");
            app.press("g");
        })
        .bench_local_values(|()| app.borrow_mut().press(black_box("space")));
    app.borrow_mut().press("u");
}

/// `u`: the tick taken back on the disk, and the screen without it.
#[divan::bench(args = ALL, sample_count = 500, sample_size = 1)]
fn undo(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    bencher
        .with_inputs(|| {
            let mut app = app.borrow_mut();
            app.press("g");
            app.press("space");
        })
        .bench_local_values(|()| app.borrow_mut().press(black_box("u")));
}

/// Another habit, whose year has been read before.
#[divan::bench(args = ALL, sample_count = 500, sample_size = 1)]
fn move_on(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    app.borrow_mut().press("j");
    bencher
        .with_inputs(|| app.borrow_mut().press("k"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("j")));
}

/// Another habit, whose year is read from the file first.
#[divan::bench(args = ALL, sample_count = 100, sample_size = 1)]
fn move_on_and_read(bencher: Bencher, history: History) {
    let path = history.path();
    bencher.with_inputs(|| App::start(&path)).bench_local_values(|mut app| {
        app.press(black_box("j"));
        app
    });
}

/// One habit's history, opened: all of it is read.
#[divan::bench(args = ALL, sample_count = 50, sample_size = 1)]
fn history(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    bencher
        .with_inputs(|| app.borrow_mut().press("esc"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("z")));
}

/// The day before in it: nothing is read.
#[divan::bench(args = ALL, sample_count = 500, sample_size = 1)]
fn history_day(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    app.borrow_mut().press("z");
    bencher
        .with_inputs(|| app.borrow_mut().press("G"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("k")));
}

/// Space in it: the tick on the disk, and all that the history tells told anew.
#[divan::bench(args = ALL, sample_count = 100, sample_size = 1)]
fn history_tick(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    app.borrow_mut().press("z");
    app.borrow_mut().press("space");
    bencher
        .with_inputs(|| app.borrow_mut().press("u"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("space")));
    app.borrow_mut().press("u");
}

/// The history of all habits, after that of one: their last year is read.
#[divan::bench(args = ALL, sample_count = 50, sample_size = 1)]
fn history_of_all(bencher: Bencher, history: History) {
    let app = RefCell::new(App::start(&history.path()));
    app.borrow_mut().press("z");
    bencher
        .with_inputs(|| app.borrow_mut().press("tab"))
        .bench_local_values(|()| app.borrow_mut().press(black_box("shift-tab")));
}
