//! The folder of a made-up year, and its going.

use std::{fs::DirBuilder, io, path::PathBuf};

use uuid::Uuid;

use crate::{
    cli::failure::Failure,
    domain::{fault::Fault, text},
};

/// A folder of its own in the folder for passing things; it goes when this is dropped.
#[derive(Debug)]
pub struct Throwaway {
    folder: PathBuf,
}

impl Throwaway {
    /// Makes the folder, for this person only.
    pub(in crate::cli) fn new() -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("inch-demo-{}", Uuid::new_v4()));
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder).map_err(|error| Failure::Said {
            message: format!(
                "{} can't be created: {}. Nothing was changed. Set TMPDIR to a folder that can be written",
                folder.display(),
                text::reason(&error)
            ),
            fault: Fault::Create,
        })?;
        Ok(Self { folder })
    }

    /// The data file in it.
    pub fn database(&self) -> PathBuf {
        self.folder.join("inch.db")
    }

    /// Removes it with all that is in it. Dropping does that too.
    pub fn remove(&self) -> io::Result<()> {
        std::fs::remove_dir_all(&self.folder)
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What can't be removed lies where the system clears up by itself.
        let _ = self.remove();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_goes_when_it_is_dropped() {
        let throwaway = Throwaway::new().unwrap();
        let folder = throwaway.folder.clone();
        std::fs::write(throwaway.database(), "x").unwrap();
        drop(throwaway);
        assert!(!folder.exists());
    }
}
