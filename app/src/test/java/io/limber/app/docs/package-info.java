/** Holds README.md and docs/ to what the repository has and the command line accepts. */
package io.limber.app.docs;
