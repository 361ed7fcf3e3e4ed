/** Tests of studies: the engine with fake cells, and real studies in small. */
package io.limber.app.study;
